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
        let __authorizer = {
            #[allow(unused_imports)]
            use ::chalice::__private::core::authorizer::constant::*;
            #[allow(unused_imports)]
            use POOL as __Authorizer;
            __Authorizer::as_authorizer(__Authorizer)
                .scopes(&["profile"])
                .authorizer_definition()
        };
        &::chalice::__private::HandlerDef {
            name: "update",
            function: "update_file",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1,
            kind: ::chalice::__private::HandlerKind::Route(::chalice::__private::RouteDef {
                path: "/users/{id}/files/{path+}",
                path_hash: 6664575576345624547,
                segments: &[
                    [11034964713899435191, 393217],
                    [11320044046270946281, 4295622664],
                    [6777194952364637999, 1114124],
                    [3476249683880498463, 8591441939],
                ],
                methods: ::chalice::__private::MethodSet(12),
                declared_methods: ::chalice::__private::MethodList(67),
                cors: ::chalice::__private::CorsSetting::Own(
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
                authorizer: ::chalice::__private::Some(__authorizer),
                content_types: &["application/json", "text/plain"],
                stream: true,
            }),
            entry: ::core::concat!(
                r##"{"name":"update","path":"/users/{id}/files/{path+}","authorizer":null,"methods":["PUT","PATCH"],"parameters":[{"name":"id","type":"u64","greedy":false},{"name":"path","type":"String","greedy":true}],"arguments":[{"name":"request","type":"&Request"},{"name":"body","type":"Json<File>"},{"name":"db","type":"State<Db>"}],"returns":"Result<Json<File>, Refused>","cors":{"allow_origin":"https://example.com","allow_headers":["Authorization","Content-Type","X-Amz-Date","X-Amz-Security-Token","X-Api-Key","X-Special"],"expose_headers":["X-Special"],"max_age":600,"allow_credentials":true},"api_key_required":true,"content_types":["application/json","text/plain"],"stream":true,"summary":"Changes a file.","description":"All of it.","source":{"module":""##,
                ::core::module_path!(),
                r##"","item":"update_file","file":"<unspecified>","line":1}}"##
            ),
            unchanging: 70,
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
        ::chalice::__private::run_async5(
            update_file,
            ::chalice::__private::returns::<Result<Json<File>, Refused>>(),
            ::chalice::__private::placeholder::<String>("path"),
            ::chalice::__private::placeholder::<u64>("id"),
            ::chalice::__private::TheRequest,
            ::chalice::__private::extractor::<Json<File>>(),
            ::chalice::__private::extractor::<State<Db>>(),
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
