::core::compile_error! {
    "\"my shop\" cannot be the name of an app: ' ' is not allowed: AWS Lambda takes letters, digits, `-` and `_` in a function's name"
}
#[allow(non_camel_case_types)]
struct APP;
const _: () = {
    impl ::chalice::Group for APP {
        const DEF: ::chalice::__private::core::opaque::Opaque<
            &'static ::chalice::__private::core::definition::GroupDef,
        > = ::chalice::__private::core::opaque::Opaque {
            value: &::chalice::__private::core::definition::GroupDef {
                items: &[],
            },
        };
    }
    impl ::chalice::Dispatch<()> for APP {
        fn dispatch<'__r>(
            _: usize,
            _: &'__r ::chalice::Event,
            _: &'static (),
        ) -> ::chalice::__private::Called<'__r> {
            ::core::unreachable!()
        }
    }
    impl ::chalice::Application for APP {
        type State = ();
        const NAME: &'static str = "";
        const API: &'static ::chalice::__private::core::definition::ApiDef = &::chalice::__private::core::definition::ApiDef::DEFAULT;
        fn router() -> ::chalice::__private::core::router::Router {
            ::core::unreachable!()
        }
        fn functions() -> &'static [::chalice::__private::core::function_table::LambdaFunction] {
            &[]
        }
        fn manifest() -> &'static [u8] {
            &[]
        }
        async fn connect() -> ::chalice::Result<()> {
            ::core::result::Result::Ok(())
        }
    }
    ::chalice::__group_schemas! {
        APP[] []
    }
};
