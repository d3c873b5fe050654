pub(crate) fn ping(db: State<Db>) {}
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub(crate) struct ping {}
impl ping {
    #[allow(non_upper_case_globals)]
    pub(crate) const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for ping {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "ping",
            function: "ping",
            module: ::core::module_path!(),
            location: __chalice::Location {
                file: "<unspecified>",
                line: 1u32,
            },
            kind: __chalice::HandlerKind::Function,
            entry: __chalice::ManifestEntry {
                json: ::core::concat!(
                    "{\"name\":\"ping\",\"type\":\"pure_lambda\",\"on_failure\":null,\"description\":null,\"source\":{\"module\":\"",
                    ::core::module_path!(),
                    "\",\"item\":\"ping\",\"file\":\"<unspecified>\",\"line\":1}}"
                ),
                unchanging: 15usize,
            },
        };
    }
    impl<__A: __chalice::Conflicting, const __NTH: usize> __chalice::Checked<__A, __NTH>
    for ping {
        const OK: () = __chalice::check::<__A, __NTH>(<ping as __chalice::Handler>::DEF);
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for ping
    where
        State<Db>: __chalice::FromInvocation<__S>,
    {
        fn call<'__r>(
            __event: &'__r __chalice::Event,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            #[allow(unused_imports)]
            use __chalice::{BoxedFailure as _, Failure as _, NoFailure as _};
            let __returned = (&&&__chalice::Returned::<()>::NEW).converter();
            __chalice::handle_without_event::<
                __chalice::LambdaFunctionEvent,
                _,
                _,
            >(
                __event,
                move || async move {
                    let __argument1 = __chalice::function_argument::<
                        State<Db>,
                        __S,
                    >(__event, __state)
                        .await?;
                    __returned(ping(__argument1))
                },
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(__chalice::IsOfFunction<State<Db>>);
    ::chalice::__schemas! {
        ping[] -> ()
    }
    let _ = ping;
};
