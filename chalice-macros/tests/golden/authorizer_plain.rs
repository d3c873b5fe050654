fn demo_auth(request: AuthRequest) -> AuthResponse {
    AuthResponse::deny("user")
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
struct demo_auth {}
impl demo_auth {
    const fn not_in_any_app_or_blueprint<
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
            name: "demo_auth",
            function: "demo_auth",
            module: ::core::module_path!(),
            file: "<unspecified>",
            line: 1u32,
            kind: ::chalice::__private::core::definition::HandlerKind::Authorizer(
                ::chalice::__private::core::definition::AuthorizerSource::Token,
            ),
            entry: ::core::concat!(
                "{\"name\":\"demo_auth\",\"type\":\"authorizer\",\"identity\":{\"type\":\"token\",\"header\":\"Authorization\"},\"ttl_seconds\":null,\"execution_role\":null,\"summary\":null,\"description\":null,\"source\":{\"module\":\"",
                ::core::module_path!(),
                "\",\"item\":\"demo_auth\",\"file\":\"<unspecified>\",\"line\":1}}"
            ),
            unchanging: 20usize,
        };
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Call<__S> for demo_auth
    where
        AuthRequest: ::chalice::FromAuthRequest<__S>,
    {
        fn call<'__r>(
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::OutcomeFuture<'__r> {
            let __request = ::chalice::__private::auth_request(__event);
            ::chalice::__private::authorize(async move {
                let __argument0 = ::chalice::__private::auth_argument::<
                    AuthRequest,
                    __S,
                >(__request, __state)
                    .await?;
                ::chalice::__private::auth_response::<
                    AuthResponse,
                >(demo_auth(__argument0))
            })
        }
    }
    #[allow(dead_code)]
    struct __Arguments(::chalice::__private::IsOfAuthorizer<AuthRequest>);
    ::chalice::__schemas! {
        demo_auth[] -> ()
    }
    let _ = demo_auth;
};
