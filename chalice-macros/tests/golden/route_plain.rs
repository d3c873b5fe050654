#[allow(dead_code)]
fn index() -> Json<Value> {
    Json(json!({ "hello" : "world" }))
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
struct index {}
impl index {
    const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<index as ::chalice::__private::Handler>::DEF)
        }
    }
}
impl ::chalice::__private::Handler for index {
    const PACKED: ::chalice::__private::PackedRoute = (
        (
            "index",
            "index",
            ::core::module_path!(),
            "<unspecified>",
            "/",
            ::core::concat!(
                r##"{"name":"index","path":"/","authorizer":null,"methods":["GET"],"parameters":[],"arguments":[],"returns":"Json<Value>","cors":null,"api_key_required":false,"content_types":["application/json"],"stream":false,"summary":null,"description":null,"source":{"module":""##,
                ::core::module_path!(),
                r##"","item":"index","file":"<unspecified>","line":1}}"##
            ),
        ),
        (6686664499493136643, 1, 45, 4294967297),
        &[],
    );
}
impl<__S: ::core::marker::Sync + 'static> ::chalice::__private::Call<__S> for index {
    fn call<'__r>(
        __event: &'__r ::chalice::__private::Event,
        __state: &'static __S,
    ) -> ::chalice::__private::OutcomeFuture<'__r> {
        ::chalice::__private::run0(
            index,
            ::chalice::__private::returns::<Json<Value>>(),
            __event,
            __state,
        )
    }
}
::chalice::__schemas! {
    index[] -> Json < Value >
}
