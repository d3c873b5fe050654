#[allow(dead_code)]
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
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct update_file {}
#[cfg(feature = "files")]
impl update_file {
    pub(crate) const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<update_file as ::chalice::__private::Handler>::DEF)
        }
    }
}
#[cfg(feature = "files")]
impl ::chalice::__private::Handler for update_file {
    const DEF: &'static ::chalice::__private::HandlerDef = {
        use ::chalice::__private as __chalice;
        &__chalice::HandlerDef {
            name: "update",
            function: "update_file",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: __chalice::HandlerKind::Route(__chalice::RouteDef {
                path: "/users/{id}/files/{path+}",
                path_hash: 6664575576345624547u64,
                segments: &[
                    [11034964713899435191u64, 393217u64],
                    [11320044046270946281u64, 4295622664u64],
                    [6777194952364637999u64, 1114124u64],
                    [3476249683880498463u64, 8591441939u64],
                ],
                methods: __chalice::MethodSet(12u8),
                declared_methods: __chalice::MethodList(67u32),
                cors: __chalice::CorsSetting::Own(
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
                authorizer: __chalice::Some({
                    #[allow(unused_imports)]
                    use ::chalice::__private::core::authorizer::constant::*;
                    #[allow(unused_imports)]
                    use POOL as __Authorizer;
                    __Authorizer::as_authorizer(__Authorizer)
                        .scopes(&["profile"])
                        .authorizer_definition()
                }),
                content_types: &["application/json", "text/plain"],
                stream: true,
            }),
            entry: ::core::concat!(
                "{\"name\":\"update\",\"path\":\"/users/{id}/files/{path+}\",\"authorizer\":null,\"methods\":[\"PUT\",\"PATCH\"],\"parameters\":[{\"name\":\"id\",\"type\":\"u64\",\"greedy\":false},{\"name\":\"path\",\"type\":\"String\",\"greedy\":true}],\"arguments\":[{\"name\":\"request\",\"type\":\"&Request\"},{\"name\":\"body\",\"type\":\"Json<File>\"},{\"name\":\"db\",\"type\":\"State<Db>\"}],\"returns\":\"Result<Json<File>, Refused>\",\"cors\":{\"allow_origin\":\"https://example.com\",\"allow_headers\":[\"Authorization\",\"Content-Type\",\"X-Amz-Date\",\"X-Amz-Security-Token\",\"X-Api-Key\",\"X-Special\"],\"expose_headers\":[\"X-Special\"],\"max_age\":600,\"allow_credentials\":true},\"api_key_required\":true,\"content_types\":[\"application/json\",\"text/plain\"],\"stream\":true,\"summary\":\"Changes a file.\",\"description\":\"All of it.\",\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"update_file\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 70usize,
        }
    };
}
#[cfg(feature = "files")]
impl<__S: ::core::marker::Sync + 'static> ::chalice::__private::Call<__S> for update_file
where
    Json<File>: ::chalice::__private::FromRequest<__S>,
    State<Db>: ::chalice::__private::FromRequest<__S>,
{
    fn call<'__r>(
        __event: &'__r ::chalice::__private::Event,
        __state: &'static __S,
    ) -> ::chalice::__private::OutcomeFuture<'__r> {
        use ::chalice::__private as __chalice;
        __chalice::run_async5(
            update_file,
            __chalice::returns::<Result<Json<File>, Refused>>(),
            __chalice::placeholder::<String>("path"),
            __chalice::placeholder::<u64>("id"),
            __chalice::TheRequest,
            __chalice::extractor::<Json<File>>(),
            __chalice::extractor::<State<Db>>(),
            __event,
            __state,
        )
    }
}
#[cfg(feature = "files")]
const _: () = {
    use ::chalice::__private as __chalice;
    #[allow(dead_code)]
    struct __Arguments(__chalice::Is<Json<File>>, __chalice::Is<State<Db>>);
    const _: () = __chalice::one_body(
        &[
            <Json<File> as __chalice::FromRequest<__chalice::AnyState>>::BODY,
            <State<Db> as __chalice::FromRequest<__chalice::AnyState>>::BODY,
        ],
        1usize,
    );
};
#[cfg(feature = "files")]
::chalice::__schemas! {
    update_file["path" => ::chalice::__private::Placeholder < String >, "id" =>
    ::chalice::__private::Placeholder < u64 >, "body" => Json < File >, "db" => State <
    Db >] -> Result < Json < File >, Refused >
}
