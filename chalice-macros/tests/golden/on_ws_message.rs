fn subscribe(event: WebsocketEvent) {}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
struct subscribe {}
impl subscribe {
    const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<subscribe as ::chalice::__private::Handler>::DEF)
        }
    }
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for subscribe {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "subscribe",
            function: "subscribe",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Websocket {
                route_key: "subscribe",
            },
            entry: ::core::concat!(
                "{\"name\":\"subscribe\",\"type\":\"websocket\",\"route_key\":\"subscribe\",\"description\":null,\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"subscribe\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 20usize,
        };
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for subscribe {
        fn call<'__r>(
            __event: &'__r __chalice::Event,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            #[allow(unused_imports)]
            use __chalice::{BoxedFailure as _, Failure as _, NoFailure as _};
            let __returned = (&&&__chalice::Returned::<()>::NEW).converter();
            __chalice::handle::<
                __chalice::WebsocketEvent,
                WebsocketEvent,
                _,
                _,
            >(
                __event,
                __chalice::Settings::DEFAULT,
                move |__first| async move {
                    let __result = __returned(subscribe(__first));
                    __chalice::answer::<
                        <WebsocketEvent as __chalice::FromEvent<
                            __chalice::WebsocketEvent,
                        >>::Returns,
                        _,
                    >(__result)
                },
            )
        }
    }
    ::chalice::__schemas! {
        subscribe["event" => WebsocketEvent] -> ()
    }
    let _ = subscribe;
};
