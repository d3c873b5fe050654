#[allow(non_camel_case_types)]
pub struct APP;
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
    type __S = <APP as ::chalice::Application>::State;
    impl ::chalice::Dispatch<__S> for APP {
        fn dispatch<'__r>(
            __id: usize,
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::Called<'__r> {
            match __id {
                _ => {
                    ::core::unreachable!(
                        "the router knows only the handlers of this app"
                    )
                }
            }
        }
    }
    impl<
        __A: ::chalice::__private::core::conflict::Conflicting,
        const __NTH: usize,
    > ::chalice::__private::core::conflict::Checked<__A, __NTH> for APP {
        const OK: () = { if ::chalice::__private::core::conflict::is_one(__NTH) {} };
    }
    use ::chalice::__private::core as __core;
    const __COUNT: usize = __core::flatten::handler_count(
        <APP as ::chalice::Group>::DEF.get(),
    );
    type __Flattened = __core::flatten::Flattened<
        __COUNT,
        { __core::flatten::text_bytes(<APP as ::chalice::Group>::DEF.get()) },
    >;
    const __FLATTENED: __core::opaque::Opaque<&__Flattened> = __core::opaque::Opaque {
        value: &__core::flatten::flatten(<APP as ::chalice::Group>::DEF.get()),
    };
    const __HANDLERS: __core::opaque::Opaque<&[__core::flatten::FlatHandler]> = __core::opaque::Opaque {
        value: &__core::flatten::handlers(__FLATTENED.get()),
    };
    const __MAX_NODES: usize = __core::router::max_nodes(__HANDLERS.get());
    const __MAX_CONFLICTS: usize = __COUNT * __core::conflict::PER_HANDLER;
    type __Build = __core::router::Build<
        __MAX_NODES,
        { __core::router::edge_slots(__MAX_NODES) },
        __COUNT,
    >;
    const __BUILT: __core::opaque::Opaque<
        &(__Build, __core::conflict::Conflicts<__MAX_CONFLICTS>),
    > = __core::opaque::Opaque {
        value: &{
            let mut conflicts = __core::conflict::Conflicts::new();
            let build = __core::router::build(
                __HANDLERS.get(),
                &<APP as ::chalice::Application>::API.cors,
                &mut conflicts,
            );
            __core::conflict::find_name_conflicts::<
                { __core::router::edge_slots(__COUNT) },
                __MAX_CONFLICTS,
            >("shop", __HANDLERS.get(), &mut conflicts);
            (build, conflicts)
        },
    };
    impl __core::conflict::Conflicting for APP {
        const MODULE: &'static str = ::core::module_path!();
        const NAME: &'static str = "shop";
        const HANDLERS: __core::opaque::Opaque<
            &'static [__core::flatten::FlatHandler],
        > = __HANDLERS;
        const CONFLICTS: &'static [__core::conflict::Conflict] = &__BUILT
            .get()
            .1
            .list::<{ __BUILT.get().1.count() }>();
    }
    type __Tables = __core::router::Tables<
        { __BUILT.get().0.node_count },
        { __core::router::power_of_two(__BUILT.get().0.edge_count * 2) },
        { __BUILT.get().0.leaf_count },
        { __core::router::power_of_two(__BUILT.get().0.leaf_count * 2) },
        { __BUILT.get().0.slot_count },
        { __BUILT.get().0.pool_bytes },
    >;
    static __FUNCTIONS: [__core::function_table::LambdaFunction; {
        __core::function_table::function_count(__HANDLERS.get())
    }] = __core::function_table::functions(__HANDLERS.get());
    const __FACTS: &__core::manifest::write::AppFacts = &__core::manifest::write::AppFacts {
        name: "shop",
        item: "APP",
        module: ::core::module_path!(),
        file: "<unspecified>",
        line: 1u32,
        api: "{\"cors\":{\"allow_origin\":[\"https://a.example.com\",\"https://b.example.com\"],\"allow_headers\":[\"Authorization\",\"Content-Type\",\"X-Amz-Date\",\"X-Amz-Security-Token\",\"X-Api-Key\"],\"expose_headers\":[],\"max_age\":600,\"allow_credentials\":true},\"binary_types\":[\"application/x-protobuf\"],\"compression\":1024,\"debug\":true}",
        grants: "",
    };
    const __LENGTH: usize = __core::manifest::write::length(__FACTS, __HANDLERS.get());
    #[used]
    #[allow(unsafe_code)]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__chalice"))]
    #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".chalice"))]
    static __MANIFEST: [u8; __LENGTH] = __core::manifest::write::manifest(
        __FACTS,
        __HANDLERS.get(),
    );
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(0usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(1usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(2usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(3usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(4usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(5usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(6usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(7usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(8usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(9usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(10usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(11usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(12usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(13usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(14usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(15usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(16usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(17usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(18usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(19usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(20usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(21usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(22usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(23usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(24usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(25usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(26usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(27usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(28usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(29usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(30usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(31usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(32usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(33usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(34usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(35usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(36usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(37usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(38usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(39usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(40usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(41usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(42usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(43usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(44usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(45usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(46usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(47usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(48usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(49usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(50usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(51usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(52usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(53usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(54usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(55usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(56usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(57usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(58usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(59usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(60usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(61usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(62usize) },
    >>::OK;
    const _: () = <APP as __core::conflict::Checked<
        APP,
        { __core::conflict::number::<APP>(63usize) },
    >>::OK;
    impl ::chalice::Application for APP {
        type State = ();
        const NAME: &'static str = "shop";
        const API: &'static __core::definition::ApiDef = &::chalice::__private::core::definition::ApiDef {
            cors: ::core::option::Option::Some(::chalice::__private::core::cors::CorsDef {
                allow_origin: ::chalice::__private::core::cors::AllowOrigin::Several(
                    &["https://a.example.com", "https://b.example.com"],
                ),
                allow_headers: "Authorization,Content-Type,X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
                expose_headers: "",
                max_age: ::core::option::Option::Some(600u32),
                allow_credentials: true,
            }),
            binary_types: &["application/x-protobuf"],
            compression: ::core::option::Option::Some(1024u32),
            debug: true,
        };
        fn router() -> __core::router::Router {
            const {
                __Tables::router(const {
                    &__core::router::pack(__HANDLERS.get(), &__BUILT.get().0)
                })
            }
        }
        fn functions() -> &'static [__core::function_table::LambdaFunction] {
            &__FUNCTIONS
        }
        fn manifest() -> &'static [u8] {
            &__MANIFEST
        }
        async fn connect() -> ::chalice::Result<Self::State> {
            ::core::result::Result::Ok(())
        }
    }
    const _: fn(Api) = |value| {
        let _ = value.cors;
        let _ = value.binary_types;
        let _ = value.compression;
    };
    const _: fn(Cors) = |value| {
        let _ = value.allow_origin;
        let _ = value.max_age;
        let _ = value.allow_credentials;
    };
    const _: fn(App) = |group| {
        let _: &App = &group;
        let _ = group.name;
        let _ = group.handlers;
        let _ = group.api;
        let _ = group.debug;
    };
    ::chalice::__group_schemas! {
        APP[] []
    }
};
