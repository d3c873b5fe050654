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
    impl ::chalice::Handler for index {
        const DEF: &'static ::chalice::__private::core::definition::HandlerDef = &::chalice::__private::core::definition::HandlerDef {
            name: "index",
            function: "index",
            module: ::core::module_path!(),
            location: ::chalice::__private::core::definition::Location {
                file: "<unspecified>",
                line: 1u32,
            },
            kind: ::chalice::__private::core::definition::HandlerKind::Route(::chalice::__private::core::definition::RouteDef {
                path: "/",
                path_hash: 6686664499493136643u64,
                segments: &[],
                methods: ::chalice::__private::core::method::MethodSet::from_bits(1u8),
                declared_methods: &[::chalice::__private::core::method::Method::Get],
                cors: ::chalice::__private::core::cors::CorsSetting::Inherit,
                authorizer: ::core::option::Option::None,
                content_types: &["application/json"],
            }),
            entry: ::chalice::__private::core::definition::ManifestEntry {
                json: ::core::concat!(
                    "{\"name\":\"index\",\"path\":\"/\",\"authorizer\":null,\"methods\":[\"GET\"],\"parameters\":[],\"arguments\":[],\"returns\":\"Json<Value>\",\"cors\":null,\"api_key_required\":false,\"content_types\":[\"application/json\"],\"summary\":null,\"description\":null,\"source\":{\"module\":\"",
                    ::core::module_path!(),
                    "\",\"item\":\"index\",\"file\":\"<unspecified>\",\"line\":1}}"
                ),
                unchanging: 45usize,
            },
        };
    }
    impl<
        __A: ::chalice::__private::core::conflict::Conflicting,
        const __NTH: usize,
    > ::chalice::__private::core::conflict::Checked<__A, __NTH> for index {
        const OK: () = ::chalice::__private::core::conflict::check::<
            __A,
            __NTH,
        >(<index as ::chalice::Handler>::DEF);
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for index {
        fn call<'__r>(
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            ::chalice::__private::run(
                index,
                ::chalice::__private::returns::<Json<Value>>(),
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
