pub(crate) fn ping(db: State<Db>) {}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct ping {}
impl ping {
    pub(crate) const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<ping as ::chalice::__private::Handler>::DEF)
        }
    }
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for ping {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "ping",
            function: "ping",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Function,
            entry: ::core::concat!(
                "{\"name\":\"ping\",\"type\":\"pure_lambda\",\"on_failure\":null,\"description\":null,\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"ping\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 15usize,
        };
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
            >(
                __event,
                move || async move {
                    let __argument1 = __chalice::function_argument::<
                        State<Db>,
                        __S,
                    >(__event, __state)
                        .await?;
                    let __result = __returned(ping(__argument1));
                    __chalice::answer::<
                        <__chalice::LambdaFunctionEvent as __chalice::FunctionEvent>::Returns,
                        _,
                    >(__result)
                },
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(__chalice::IsOfFunction<State<Db>>);
    ::chalice::__schemas! {
        ping[] -> ::chalice::__private::Output < () >
    }
    let _ = ping;
};
