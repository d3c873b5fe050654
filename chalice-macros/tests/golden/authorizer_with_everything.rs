/// Who may pass.
///
/// Those with a key.
#[cfg(feature = "gate")]
pub(crate) async fn demo_auth(
    request: &AuthRequest,
    db: State<Db>,
) -> Result<AuthResponse> {
    db.judge(request).await
}
#[cfg(feature = "gate")]
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) struct demo_auth {}
#[cfg(feature = "gate")]
impl demo_auth {
    pub(crate) const fn not_in_any_app_or_blueprint<
        __A: ::chalice::__private::Conflicting,
        const __NTH: usize,
    >() {
        const {
            ::chalice::__private::check::<
                __A,
                __NTH,
            >(<demo_auth as ::chalice::__private::Handler>::DEF)
        }
    }
}
#[cfg(feature = "gate")]
const _: () = {
    impl demo_auth {
        #[doc(hidden)]
        #[allow(dead_code)]
        pub(crate) const fn as_authorizer<__F: ::core::marker::Copy>(
            _: __F,
        ) -> ::chalice::__private::core::authorizer::AuthorizerFunction {
            ::chalice::__private::core::authorizer::AuthorizerFunction::new(
                <demo_auth as ::chalice::Handler>::DEF,
            )
        }
    }
    impl ::chalice::Handler for demo_auth {
        const DEF: &'static ::chalice::__private::core::definition::HandlerDef = &::chalice::__private::core::definition::HandlerDef {
            name: "gate",
            function: "demo_auth",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: ::chalice::__private::core::definition::HandlerKind::Authorizer(
                ::chalice::__private::core::definition::AuthorizerSource::Request(
                    &[
                        ::chalice::__private::core::definition::IdentitySource::Header(
                            "Authorization",
                        ),
                        ::chalice::__private::core::definition::IdentitySource::Query(
                            "token",
                        ),
                        ::chalice::__private::core::definition::IdentitySource::Context(
                            "identity.sourceIp",
                        ),
                        ::chalice::__private::core::definition::IdentitySource::StageVariable(
                            "color",
                        ),
                    ],
                ),
            ),
            entry: ::core::concat!(
                "{\"name\":\"gate\",\"type\":\"authorizer\",\"identity\":{\"type\":\"request\",\"sources\":[{\"in\":\"header\",\"name\":\"Authorization\"},{\"in\":\"query\",\"name\":\"token\"},{\"in\":\"context\",\"name\":\"identity.sourceIp\"},{\"in\":\"stage_variable\",\"name\":\"color\"}]},\"ttl_seconds\":30,\"execution_role\":\"arn:aws:iam::123456789012:role/invoke\",\"summary\":\"Who may pass.\",\"description\":\"Those with a key.\",\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"demo_auth\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 15usize,
        };
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for demo_auth
    where
        State<Db>: ::chalice::FromAuthRequest<__S>,
    {
        fn call<'__r>(
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            let __request = ::chalice::__private::auth_request(__event);
            ::chalice::__private::authorize(async move {
                let __argument0 = __request;
                let __argument1 = ::chalice::__private::auth_argument::<
                    State<Db>,
                    __S,
                >(__request, __state)
                    .await?;
                ::chalice::__private::auth_response::<
                    Result<AuthResponse>,
                >(demo_auth(__argument0, __argument1).await)
            })
        }
    }
    #[allow(dead_code)]
    struct __Arguments(::chalice::__private::IsOfAuthorizer<State<Db>>);
    ::chalice::__schemas! {
        demo_auth[] -> ()
    }
    let _ = demo_auth;
};
