pub async fn audit(request: Request, next: Next<'_>) -> Response {
    next.run(request).await
}
::core::compile_error! {
    "there is no kind of events `htp`; did you mean `http`?\nkinds: `all`, `http`, `s3`, `sns`, `sqs`, `kinesis`, `dynamodb`, `cloudwatch`, `scheduled`, `websocket` and `pure_lambda`"
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct audit {}
impl audit {
    #[allow(non_upper_case_globals)]
    pub(crate) const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl<__S: ::core::marker::Sync + 'static> __chalice::Middleware<__S> for audit {
        fn run<'__n>(
            _: __chalice::Event,
            _: __chalice::Next<'__n, __chalice::Event>,
            _: &'static __S,
        ) -> __chalice::OutcomeFuture<'__n> {
            ::core::unreachable!()
        }
    }
    let _ = audit;
};
