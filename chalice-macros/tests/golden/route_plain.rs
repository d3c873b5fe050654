fn index() -> Json<Value> {
    Json(json!({ "hello" : "world" }))
}
#[doc(hidden)]
#[allow(non_camel_case_types)]
struct index {}
impl index {
    #[allow(non_upper_case_globals)]
    const not_in_any_app_or_blueprint: () = ();
}
const _: () = {
    use ::chalice::__private as __chalice;
    impl __chalice::Handler for index {
        const DEF: &'static __chalice::HandlerDef = &__chalice::HandlerDef {
            name: "index",
            function: "index",
            module: ::core::module_path!(),
            location: __chalice::Location {
                file: "<unspecified>",
                line: 1u32,
            },
            kind: __chalice::HandlerKind::Route(__chalice::RouteDef {
                path: "/",
                path_hash: 6686664499493136643u64,
                segments: &[],
                methods: __chalice::MethodSet::from_bits(1u8),
                declared_methods: &[__chalice::DeclaredMethod::Get],
                cors: __chalice::CorsSetting::Inherit,
                authorizer: __chalice::None,
                content_types: &["application/json"],
                stream: false,
            }),
            entry: __chalice::ManifestEntry {
                json: ::core::concat!(
                    "{\"name\":\"index\",\"path\":\"/\",\"authorizer\":null,\"methods\":[\"GET\"],\"parameters\":[],\"arguments\":[],\"returns\":\"Json<Value>\",\"cors\":null,\"api_key_required\":false,\"content_types\":[\"application/json\"],\"stream\":false,\"summary\":null,\"description\":null,\"source\":{\"module\":\"",
                    ::core::module_path!(),
                    "\",\"item\":\"index\",\"file\":\"<unspecified>\",\"line\":1}}"
                ),
                unchanging: 45usize,
            },
        };
    }
    impl<__A: __chalice::Conflicting, const __NTH: usize> __chalice::Checked<__A, __NTH>
    for index {
        const OK: () = __chalice::check::<
            __A,
            __NTH,
        >(<index as __chalice::Handler>::DEF);
    }
    impl<__S: ::core::marker::Sync + 'static> __chalice::Call<__S> for index {
        fn call<'__r>(
            __event: &'__r __chalice::Event,
            __state: &'static __S,
        ) -> __chalice::OutcomeFuture<'__r> {
            __chalice::run(
                index,
                __chalice::returns::<Json<Value>>(),
                (),
                __event,
                __state,
            )
        }
    }
    ::chalice::__schemas! {
        index[] -> Json < Value >
    }
    let _ = index;
};
