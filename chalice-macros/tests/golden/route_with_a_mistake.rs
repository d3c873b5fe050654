pub(crate) async fn show(user: u64) -> String {
    user.to_string()
}
::core::compile_error! {
    "the path \"/users/<id>\" has a placeholder `<id>`, but `show` has an argument `user` instead: a placeholder is passed on by its name\nhelp: call the argument `id`, or the placeholder `<user>`"
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub(crate) struct show {}
impl show {
    #[allow(non_upper_case_globals)]
    pub(crate) const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    impl ::chalice::Handler for show {
        const DEF: &'static ::chalice::__private::core::definition::HandlerDef = &::chalice::__private::core::definition::STUB;
    }
    impl<
        __A: ::chalice::__private::core::conflict::Conflicting,
        const __NTH: usize,
    > ::chalice::__private::core::conflict::Checked<__A, __NTH> for show {
        const OK: () = ();
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for show {
        fn call<'__r>(
            _: &'__r ::chalice::Event,
            _: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            ::core::unreachable!()
        }
    }
    ::chalice::__schemas! {
        show[] -> ()
    }
    let _ = show;
};
