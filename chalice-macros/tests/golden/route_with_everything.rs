/// Changes a file.
///
/// All of it.
#[cfg(feature = "files")]
#[inline]
pub async fn update_file(
    path: String,
    mut id: u64,
    request: &Request,
    Json(body): Json<File>,
    db: State<Db>,
) -> Result<Json<File>, Refused> {
    db.store(id, path, body).await
}
#[cfg(feature = "files")]
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub(crate) struct update_file {}
#[cfg(feature = "files")]
impl update_file {
    #[allow(non_upper_case_globals)]
    pub(crate) const not_in_any_app_or_blueprint: () = ();
}
#[cfg(feature = "files")]
const _: () = {
    impl ::chalice::Handler for update_file {
        const DEF: &'static ::chalice::__private::core::definition::HandlerDef = &::chalice::__private::core::definition::HandlerDef {
            name: "update",
            function: "update_file",
            module: ::core::module_path!(),
            location: ::chalice::__private::core::definition::Location {
                file: "<unspecified>",
                line: 1u32,
            },
            kind: ::chalice::__private::core::definition::HandlerKind::Route(::chalice::__private::core::definition::RouteDef {
                path: "/users/{id}/files/{path+}",
                path_hash: 6664575576345624547u64,
                segments: &[
                    ::chalice::__private::core::definition::SegmentDef {
                        hash: 14325726846539424135u64,
                        place: 393217u64,
                    },
                    ::chalice::__private::core::definition::SegmentDef {
                        hash: 6427790755102408485u64,
                        place: 4295622664u64,
                    },
                    ::chalice::__private::core::definition::SegmentDef {
                        hash: 18332619047292114140u64,
                        place: 1114124u64,
                    },
                    ::chalice::__private::core::definition::SegmentDef {
                        hash: 8800725064009369488u64,
                        place: 8591441939u64,
                    },
                ],
                methods: ::chalice::__private::core::method::MethodSet::from_bits(12u8),
                declared_methods: &[
                    ::chalice::__private::core::method::Method::Put,
                    ::chalice::__private::core::method::Method::Patch,
                ],
                cors: ::chalice::__private::core::cors::CorsSetting::Own(
                    &::chalice::__private::core::cors::CorsDef {
                        allow_origin: ::chalice::__private::core::cors::AllowOrigin::One(
                            "https://example.com",
                        ),
                        allow_headers: "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key,X-Special",
                        expose_headers: "X-Special",
                        max_age: ::core::option::Option::Some(600u32),
                        allow_credentials: true,
                    },
                ),
                authorizer: ::core::option::Option::Some(
                    (POOL.scopes(&["profile"])).authorizer_definition(),
                ),
                content_types: &["application/json", "text/plain"],
            }),
            entry: ::chalice::__private::core::definition::ManifestEntry {
                json: ::core::concat!(
                    "{\"name\":\"update\",\"path\":\"/users/{id}/files/{path+}\",\"authorizer\":null,\"methods\":[\"PUT\",\"PATCH\"],\"parameters\":[{\"name\":\"id\",\"type\":\"u64\",\"greedy\":false},{\"name\":\"path\",\"type\":\"String\",\"greedy\":true}],\"arguments\":[{\"name\":\"request\",\"type\":\"&Request\"},{\"name\":\"body\",\"type\":\"Json<File>\"},{\"name\":\"db\",\"type\":\"State<Db>\"}],\"returns\":\"Result<Json<File>, Refused>\",\"cors\":{\"allow_origin\":\"https://example.com\",\"allow_headers\":[\"Authorization\",\"Content-Type\",\"X-Amz-Date\",\"X-Amz-Security-Token\",\"X-Api-Key\",\"X-Special\"],\"expose_headers\":[\"X-Special\"],\"max_age\":600,\"allow_credentials\":true},\"api_key_required\":true,\"content_types\":[\"application/json\",\"text/plain\"],\"summary\":\"Changes a file.\",\"description\":\"All of it.\",\"source\":{\"module\":\"",
                    ::core::module_path!(),
                    "\",\"item\":\"update_file\",\"file\":\"<unspecified>\",\"line\":1}}"
                ),
                unchanging: 70usize,
            },
        };
    }
    impl<
        __A: ::chalice::__private::core::conflict::Conflicting,
        const __NTH: usize,
    > ::chalice::__private::core::conflict::Checked<__A, __NTH> for update_file {
        const OK: () = ::chalice::__private::core::conflict::check::<
            __A,
            __NTH,
        >(<update_file as ::chalice::Handler>::DEF);
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for update_file
    where
        Json<File>: ::chalice::FromRequest<__S>,
        State<Db>: ::chalice::FromRequest<__S>,
    {
        fn call<'__r>(
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            ::chalice::__private::run_async(
                update_file,
                ::chalice::__private::returns::<Result<Json<File>, Refused>>(),
                (
                    ::chalice::__private::placeholder::<String>("path"),
                    ::chalice::__private::placeholder::<u64>("id"),
                    ::chalice::__private::TheRequest,
                    ::chalice::__private::extractor::<Json<File>>(),
                    ::chalice::__private::extractor::<State<Db>>(),
                ),
                __event,
                __state,
            )
        }
    }
    #[allow(dead_code)]
    struct __Arguments(
        ::chalice::__private::Is<Json<File>>,
        ::chalice::__private::Is<State<Db>>,
    );
    const _: () = ::chalice::__private::one_body(
        &[
            <Json<File> as ::chalice::FromRequest<::chalice::__private::AnyState>>::BODY,
            <State<Db> as ::chalice::FromRequest<::chalice::__private::AnyState>>::BODY,
        ],
        1usize,
    );
    ::chalice::__schemas! {
        update_file["path" => ::chalice::__private::Placeholder < String >, "id" =>
        ::chalice::__private::Placeholder < u64 >, "body" => Json < File >, "db" => State
        < Db >] -> Result < Json < File >, Refused >
    }
    let _ = update_file;
};
