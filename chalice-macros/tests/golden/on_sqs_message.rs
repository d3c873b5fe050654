/// Orders, one at a time.
#[cfg(feature = "orders")]
pub async fn order(record: SqsRecord<Json<Order>>, db: State<Db>) -> Result<()> {
    db.save(record.body()).await
}
#[cfg(feature = "orders")]
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct order {}
#[cfg(feature = "orders")]
impl order {
    pub(crate) const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<order as ::chalice::__private::Handler>::DEF)
        }
    }
}
#[cfg(feature = "orders")]
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for order {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "order",
            function: "order",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Sqs {
                queue: "orders",
            },
            entry: ::core::concat!(
                "{\"name\":\"order\",\"type\":\"sqs\",\"queue\":\"orders\",\"queue_arn\":null,\"batch_size\":100,\"maximum_batching_window_in_seconds\":5,\"maximum_concurrency\":10,\"filters\":[{\"body\":{\"kind\":[\"order\"]}}],\"report_batch_item_failures\":true,\"description\":\"Orders, one at a time.\",\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"order\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 16usize,
        };
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for order
    where
        State<Db>: __chalice::FromInvocation<__S>,
    {
        fn call<'__r>(
            __event: &'__r __chalice::Event,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            #[allow(unused_imports)]
            use __chalice::{BoxedFailure as _, Failure as _, NoFailure as _};
            let __returned = (&&&__chalice::Returned::<Result<()>>::NEW).converter();
            __chalice::handle::<
                __chalice::SqsEvent,
                SqsRecord<Json<Order>>,
                _,
                _,
            >(
                __event,
                __chalice::Settings {
                    concurrency: 4usize,
                    report_batch_item_failures: true,
                },
                move |__first| async move {
                    let __argument1 = __chalice::function_argument::<
                        State<Db>,
                        __S,
                    >(__event, __state)
                        .await?;
                    let __result = __returned(order(__first, __argument1).await);
                    __chalice::answer::<
                        <SqsRecord<
                            Json<Order>,
                        > as __chalice::FromEvent<__chalice::SqsEvent>>::Returns,
                        _,
                    >(__result)
                },
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(__chalice::IsOfFunction<State<Db>>);
    ::chalice::__schemas! {
        order["event" => SqsRecord < Json < Order > >] -> Result < () >
    }
    let _ = order;
};
