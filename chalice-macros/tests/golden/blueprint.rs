/// The users.
#[allow(non_camel_case_types)]
pub struct BLUEPRINT;
const _: () = {
    type __Entry0 = list;
    type __Entry1 = show;
    type __Entry2 = audit;
    type __Entry3 = orders::BLUEPRINT;
    impl ::chalice::Group for BLUEPRINT {
        const DEF: ::chalice::__private::core::opaque::Opaque<
            &'static ::chalice::__private::core::definition::GroupDef,
        > = ::chalice::__private::core::opaque::Opaque {
            value: &::chalice::__private::core::definition::GroupDef {
                items: &[
                    ::chalice::__private::core::definition::Item::Handler(
                        <__Entry0 as ::chalice::Handler>::DEF,
                    ),
                    ::chalice::__private::core::definition::Item::Handler(
                        <__Entry1 as ::chalice::Handler>::DEF,
                    ),
                    ::chalice::__private::core::definition::Item::Mount(
                        ::chalice::__private::core::definition::Mount::of(
                                <__Entry3 as ::chalice::Group>::DEF.get(),
                            )
                            .at("/<id>/orders")
                            .prefix("orders_"),
                    ),
                ],
            },
        };
    }
    impl<__S: ::core::marker::Sync + 'static> ::chalice::Dispatch<__S> for BLUEPRINT
    where
        __Entry0: ::chalice::Call<__S>,
        __Entry1: ::chalice::Call<__S>,
        __Entry3: ::chalice::Dispatch<__S>,
        __Entry2: ::chalice::Middleware<__S>,
    {
        fn dispatch<'__r>(
            __id: usize,
            __event: &'__r ::chalice::Event,
            __state: &'static __S,
        ) -> ::chalice::__private::Called<'__r> {
            match __id {
                0usize => ::chalice::__private::call::<__Entry0, __S>(__event, __state),
                1usize => ::chalice::__private::call::<__Entry1, __S>(__event, __state),
                _ if __id
                    < const {
                        2usize
                            + ::chalice::__private::core::flatten::handler_count(
                                <__Entry3 as ::chalice::Group>::DEF.get(),
                            )
                    } => {
                    type __G = __Entry3;
                    ::chalice::__private::dispatch::<
                        __G,
                        __S,
                    >(__id - const { 2usize }, __event, __state)
                }
                _ => {
                    ::core::unreachable!(
                        "the router knows only the handlers of this app"
                    )
                }
            }
        }
        fn middleware(
            __id: usize,
            __position: usize,
        ) -> ::core::option::Option<::chalice::__private::Run<__S>> {
            match (__id, __position) {
                (_, 0usize) => {
                    let () = <__Entry2>::not_in_any_app_or_blueprint;
                    ::core::option::Option::Some(
                        <__Entry2 as ::chalice::Middleware<__S>>::run,
                    )
                }
                (_, _) if __id < 2usize => ::core::option::Option::None,
                (
                    _,
                    _,
                ) if __id
                    < const {
                        2usize
                            + ::chalice::__private::core::flatten::handler_count(
                                <__Entry3 as ::chalice::Group>::DEF.get(),
                            )
                    } => {
                    <__Entry3 as ::chalice::Dispatch<
                        __S,
                    >>::middleware(__id - const { 2usize }, __position - 1usize)
                }
                _ => ::core::option::Option::None,
            }
        }
    }
    impl<
        __A: ::chalice::__private::core::conflict::Conflicting,
        const __NTH: usize,
    > ::chalice::__private::core::conflict::Checked<__A, __NTH> for BLUEPRINT {
        const OK: () = {
            if ::chalice::__private::core::conflict::is_one(__NTH) {
                <__Entry0>::not_in_any_app_or_blueprint::<__A, __NTH>();
                <__Entry1>::not_in_any_app_or_blueprint::<__A, __NTH>();
            }
            let () = <__Entry3 as ::chalice::__private::core::conflict::Checked<
                __A,
                __NTH,
            >>::OK;
        };
    }
    const _: usize = <BLUEPRINT as ::chalice::Group>::DEF.get().items.len();
    const _: fn(Blueprint) = |group| {
        let _: &Blueprint = &group;
        let _ = group.handlers;
        let _ = group.blueprints;
        let _ = group.middleware;
    };
    ::chalice::__group_schemas! {
        BLUEPRINT[__Entry0, __Entry1] [__Entry3]
    }
};
