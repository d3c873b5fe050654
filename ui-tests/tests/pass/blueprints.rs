//! Blueprints: nested, mounted twice, of another crate, with constants as prefixes.

use chalice::prelude::*;
use ui_tests_blueprints::BLUEPRINT as ITEMS;

const USERS: &str = "/users";

mod users {
    use chalice::prelude::*;

    #[route("/")]
    fn list() {}

    #[route("/<id>")]
    async fn show(id: u64) {
        let _ = id;
    }

    pub(crate) mod orders {
        use chalice::prelude::*;

        #[route("/<order>")]
        fn show(order: u64, request: &Request) {
            let _ = (order, request.path_parameter("user"));
        }

        #[blueprint]
        pub(crate) static BLUEPRINT: Blueprint = Blueprint { handlers: [show] };
    }

    /// A blueprint with another one inside.
    #[blueprint]
    pub(crate) static BLUEPRINT: Blueprint = Blueprint {
        handlers: [list, show],
        blueprints: [orders::BLUEPRINT.at("/<id>/orders").prefix("orders_")],
    };
}

#[blueprint]
static EMPTY: Blueprint = Blueprint {};

#[route("/")]
fn index() {}

#[blueprint]
static AT_THE_ROOT: Blueprint = Blueprint { handlers: [index] };

#[app]
static APP: App = App {
    name: "blueprints",
    blueprints: [
        AT_THE_ROOT,
        users::BLUEPRINT.at(USERS),
        users::BLUEPRINT.at("/v2/users").prefix("v2_"),
        ITEMS.at("/items").prefix("items-"),
        EMPTY,
    ],
};

/// What an app and a blueprint list can be the same.
#[app]
static ANOTHER_APP: App = App {
    name: "another",
    handlers: [index],
    blueprints: [ui_tests_blueprints::BLUEPRINT.at("/tenants/{tenant}/items")],
};

#[test]
fn blueprints() {
    assert_eq!(
        crate::routes(&APP),
        [
            "index: GET /",
            "list: GET /users",
            "show: GET /users/{id}",
            "orders_show: GET /users/{id}/orders/{order}",
            "v2_list: GET /v2/users",
            "v2_show: GET /v2/users/{id}",
            "v2_orders_show: GET /v2/users/{id}/orders/{order}",
            "items-list: GET /items",
            "items-show: GET /items/{id}",
        ]
    );
    assert_eq!(
        crate::routes(&ANOTHER_APP),
        [
            "index: GET /",
            "list: GET /tenants/{tenant}/items",
            "show: GET /tenants/{tenant}/items/{id}",
        ]
    );
}
