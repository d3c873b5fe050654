//! Tables of Amazon DynamoDB.

use super::{
    handle::{Indexes, operations, part, resource},
    kind::{INDEXES, TABLE_ITSELF},
    name::assert_index,
};

resource! {
    /// A table of Amazon DynamoDB, and its indexes: all of them, or those that
    /// [`index`](Table::index) or [`indexes`](Table::indexes) names.
    ///
    /// ```
    /// use chalice_core::grant::{Grant, Table};
    ///
    /// const ORDERS: Table = Table::named("orders").index("by_customer");
    /// const GRANTS: &[Grant] = &[ORDERS.query(), ORDERS.write()];
    /// ```
    Table = TABLE
}

impl Table {
    /// Of the table's indexes, this one alone.
    ///
    /// # Panics
    ///
    /// When Amazon DynamoDB has no index of such a name, or another one was named before: in a
    /// constant, a compile error.
    #[must_use]
    #[track_caller]
    pub const fn index(mut self, name: &'static str) -> Table {
        self.assert_no_index();
        assert_index(name);
        self.0.indexes = Indexes::One(name);
        self
    }

    /// Of the table's indexes, these alone; with none, the table without its indexes.
    ///
    /// # Panics
    ///
    /// As [`index`](Table::index).
    #[must_use]
    #[track_caller]
    pub const fn indexes(mut self, names: &'static [&'static str]) -> Table {
        self.assert_no_index();
        let mut at = 0;
        while at < names.len() {
            assert_index(names[at]);
            at += 1;
        }
        self.0.indexes = Indexes::Several(names);
        self
    }

    #[track_caller]
    const fn assert_no_index(&self) {
        assert!(
            matches!(self.0.indexes, Indexes::All),
            "the table's indexes are named already: name all of them at once, `.indexes(&[\"by_customer\", \
             \"by_day\"])`"
        );
    }
}

operations! { Table:
    /// `GetItem` and `BatchGetItem`, and `TransactGetItems` of them, on the table.
    get = &[part(&["dynamodb:BatchGetItem", "dynamodb:GetItem"], &[TABLE_ITSELF])];
    /// `Query`, on the table and its indexes.
    query = &[part(&["dynamodb:Query"], &[TABLE_ITSELF, INDEXES])];
    /// `Scan`, on the table and its indexes.
    scan = &[part(&["dynamodb:Scan"], &[TABLE_ITSELF, INDEXES])];
    /// [`get`](Table::get), [`query`](Table::query) and [`scan`](Table::scan), and
    /// `dynamodb:ConditionCheckItem` for checks within `TransactWriteItems`.
    read = &[
        part(
            &["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem"],
            &[TABLE_ITSELF],
        ),
        part(&["dynamodb:Query", "dynamodb:Scan"], &[TABLE_ITSELF, INDEXES]),
    ];
    /// `PutItem`, `UpdateItem`, `DeleteItem` and `BatchWriteItem`, and `TransactWriteItems` of
    /// them, on the table.
    write = &[part(
        &[
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
        ],
        &[TABLE_ITSELF],
    )];
    /// [`read`](Table::read) and [`write`](Table::write).
    read_write = &[
        part(
            &[
                "dynamodb:BatchGetItem",
                "dynamodb:BatchWriteItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
            ],
            &[TABLE_ITSELF],
        ),
        part(&["dynamodb:Query", "dynamodb:Scan"], &[TABLE_ITSELF, INDEXES]),
    ];
}
