/// Not this.
async fn custom(event: MyInput, context: LambdaContext) -> Result<MyOutput> {
    context.work(event).await
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
struct custom {}
impl custom {
    const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<custom as ::chalice::__private::Handler>::DEF)
        }
    }
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for custom {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "MyFunction",
            function: "custom",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Function,
            entry: ::core::concat!(
                "{\"name\":\"MyFunction\",\"type\":\"pure_lambda\",\"on_failure\":null,\"description\":\"Resizes\",\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"custom\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 21usize,
        };
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for custom
    where
        LambdaContext: __chalice::FromInvocation<__S>,
    {
        fn call<'__r>(
            __event: &'__r __chalice::Event,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            #[allow(unused_imports)]
            use __chalice::{BoxedFailure as _, Failure as _, NoFailure as _};
            let __returned = (&&&__chalice::Returned::<Result<MyOutput>>::NEW)
                .converter();
            __chalice::handle::<
                __chalice::LambdaFunctionEvent,
                MyInput,
                _,
                _,
            >(
                __event,
                __chalice::Settings::DEFAULT,
                move |__first| async move {
                    let __argument1 = __chalice::function_argument::<
                        LambdaContext,
                        __S,
                    >(__event, __state)
                        .await?;
                    let __result = __returned(custom(__first, __argument1).await);
                    __chalice::answer::<
                        <MyInput as __chalice::FromEvent<
                            __chalice::LambdaFunctionEvent,
                        >>::Returns,
                        _,
                    >(__result)
                },
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(__chalice::IsOfFunction<LambdaContext>);
    ::chalice::__schemas! {
        custom["event" => ::chalice::__private::Input < MyInput >] ->
        ::chalice::__private::Output < Result < MyOutput > >
    }
    let _ = custom;
};
