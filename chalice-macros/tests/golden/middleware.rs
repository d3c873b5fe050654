/// Refuses requests without a key.
async fn require_key(
    request: Request,
    next: Next<'_>,
    keys: State<Keys>,
) -> Result<Response> {
    keys.check(&request)?;
    Ok(next.run(request).await)
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
struct require_key {}
impl require_key {
    #[allow(non_upper_case_globals)]
    const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    use ::chalice::__private as __chalice;
    const _: fn(Request) -> __chalice::Request = |event| event;
    impl<__S: ::core::marker::Sync + 'static> __chalice::Middleware<__S> for require_key
    where
        State<Keys>: __chalice::FromState<__S>,
    {
        fn run<'__n>(
            __event: __chalice::Event,
            __next: __chalice::Next<'__n, __chalice::Event>,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__n> {
            __chalice::run_middleware(
                __event,
                __next,
                move |__event: Request, __next| require_key(
                    __event,
                    __next,
                    <State<Keys> as __chalice::FromState<__S>>::from_state(__state),
                ),
                <Result<Response> as __chalice::MiddlewareReturn<Request>>::into_output,
            )
        }
    }
    const _: ::core::option::Option<require_key> = ::core::option::Option::None;
    let _ = require_key;
};
