//! The routes of products; `main.rs` mounts them at `/products`.
//!
//! All routes are one function on AWS Lambda, whose role permits what their grants say together.

use chalice::prelude::*;

use crate::{
    catalog::{Catalog, Page},
    error::StoreError,
    product::{self, Details, NewProduct, Product, ProductId},
    resources::PRODUCTS,
};

/// The most products that a page has.
pub(crate) const MAX_PAGE: u16 = 100;

/// Which products to list.
#[derive(Deserialize, JsonSchema)]
struct Listing {
    /// Only those of this category.
    category: Option<String>,
    /// Only those behind this one: the `next` of the page before.
    after: Option<ProductId>,
    /// How many at most, 1 to 100.
    #[serde(default = "default_limit")]
    limit: u16,
}

fn default_limit() -> u16 {
    25
}

/// List products.
///
/// Those of a category are in the order of their ids.
#[route("/", grants = [PRODUCTS.query(), PRODUCTS.scan()])]
async fn list(listing: Query<Listing>, catalog: State<Catalog>) -> Result<Json<Page>, StoreError> {
    if !(1..=MAX_PAGE).contains(&listing.limit) {
        return Err(StoreError::PageLimit {
            limit: listing.limit,
        });
    }
    let after = listing.after.as_ref();
    let page = match &listing.category {
        Some(category) => {
            product::check("category", category)?;
            catalog.of_category(category, after, listing.limit).await?
        }
        None => catalog.all(after, listing.limit).await?,
    };
    Ok(Json(page))
}

/// Add a product.
#[route("/", methods = [POST], grants = [PRODUCTS.allow(&["dynamodb:PutItem"])])]
async fn create(
    new: Json<NewProduct>,
    catalog: State<Catalog>,
) -> Result<(StatusCode, [(&'static str, String); 1], Json<Product>), StoreError> {
    let product = new.into_inner().into_product()?;
    catalog.add(&product).await?;
    let location = format!("/products/{}", product.id);
    Ok((StatusCode::CREATED, [("location", location)], Json(product)))
}

/// Show a product.
#[route("/<id>", grants = [PRODUCTS.allow(&["dynamodb:GetItem"])])]
async fn show(id: ProductId, catalog: State<Catalog>) -> Result<Json<Product>, StoreError> {
    Ok(Json(catalog.find(&id).await?))
}

/// Change a product.
#[route("/<id>", methods = [PUT], grants = [PRODUCTS.allow(&["dynamodb:UpdateItem"])])]
async fn change(
    id: ProductId,
    details: Json<Details>,
    catalog: State<Catalog>,
) -> Result<Json<Product>, StoreError> {
    details.check()?;
    Ok(Json(catalog.change(&id, &details).await?))
}

/// Remove a product.
///
/// Its picture is out of reach at once, and removed within a day.
#[route("/<id>", methods = [DELETE], grants = [PRODUCTS.allow(&["dynamodb:DeleteItem"])])]
async fn remove(id: ProductId, catalog: State<Catalog>) -> Result<StatusCode, StoreError> {
    catalog.remove(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The routes, for an app to mount.
#[blueprint]
pub(crate) static BLUEPRINT: Blueprint = Blueprint {
    handlers: [list, create, show, change, remove],
};
