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
    const DEF: &'static ::chalice::__private::HandlerDef = {
        use ::chalice::__private as __chalice;
        &__chalice::HandlerDef {
            name: "index",
            function: "index",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Route(__chalice::RouteDef {
                path: "/",
                path_hash: 6686664499493136643u64,
                segments: &[],
                methods: __chalice::MethodSet(1u8),
                declared_methods: __chalice::MethodList(1u32),
                cors: __chalice::CorsSetting::Inherit,
                authorizer: __chalice::None,
                content_types: __chalice::DEFAULT_CONTENT_TYPES,
                stream: false,
            }),
            entry: ::core::concat!(
                "{\"name\":\"index\",\"path\":\"/\",\"authorizer\":null,\"methods\":[\"GET\"],\"parameters\":[],\"arguments\":[],\"returns\":\"Json<Value>\",\"cors\":null,\"api_key_required\":false,\"content_types\":[\"application/json\"],\"stream\":false,\"summary\":null,\"description\":null,\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"index\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 45usize,
        }
    };
}
impl<__S: ::core::marker::Sync + 'static> ::chalice::__private::Call<__S> for index {
    fn call<'__r>(
        __event: &'__r ::chalice::__private::Event,
        __state: &'static __S,
    ) -> ::chalice::__private::OutcomeFuture<'__r> {
        use ::chalice::__private as __chalice;
        __chalice::run0(index, __chalice::returns::<Json<Value>>(), __event, __state)
    }
}
::chalice::__schemas! {
    index[] -> Json < Value >
}
