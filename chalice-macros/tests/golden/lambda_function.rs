/// Not this.
async fn custom(event: MyInput, context: LambdaContext) -> Result<MyOutput> {
    context.work(event).await
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct custom {}
impl custom {
    #[allow(non_upper_case_globals)]
    const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for custom {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "MyFunction",
            function: "custom",
            module: ::core::module_path!(),
            location: __chalice::Location {
                file: "<unspecified>",
                line: 1u32,
            },
            kind: __chalice::HandlerKind::Function,
            entry: __chalice::ManifestEntry {
                json: ::core::concat!(
                    "{\"name\":\"MyFunction\",\"type\":\"pure_lambda\",\"on_failure\":null,\"description\":\"Resizes\",\"source\":{\"module\":\"",
                    ::core::module_path!(),
                    "\",\"item\":\"custom\",\"file\":\"<unspecified>\",\"line\":1}}"
                ),
                unchanging: 21usize,
            },
        };
    }
    impl<__A: __chalice::Conflicting, const __NTH: usize> __chalice::Checked<__A, __NTH>
    for custom {
        const OK: () = __chalice::check::<
            __A,
            __NTH,
        >(<custom as __chalice::Handler>::DEF);
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
                    __returned(custom(__first, __argument1).await)
                },
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(__chalice::IsOfFunction<LambdaContext>);
    ::chalice::__schemas! {
        custom[] -> ()
    }
    let _ = custom;
};
