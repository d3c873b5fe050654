pub(crate) async fn show(user: u64) -> String {
    user.to_string()
}
::core::compile_error! {
    "the path \"/users/<id>\" has a placeholder `<id>`, but `show` has an argument `user` instead: a placeholder is passed on by its name\nhelp: call the argument `id`, or the placeholder `<user>`"
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct show {}
impl show {
    pub(crate) const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {}
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for show {
        const DEF: &'static __chalice::HandlerDef = &__chalice::STUB;
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for show {
        fn call<'__r>(
            _: &'__r __chalice::Event,
            _: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            ::core::unreachable!()
        }
    }
    ::chalice::__schemas! {
        show[] -> ()
    }
    let _ = show;
};
