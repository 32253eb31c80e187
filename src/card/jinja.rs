//! Templates of cards: a record's facts in, text out.
//!
//! A name that is not there is an error, so that no card has a gap nobody sees. Nothing is escaped by the template: texts
//! of others come in escaped, for each format by its own rules.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value};

use super::escape;

/// Steps that a template may take: some thousand times what the program's own takes of a large set.
const FUEL: u64 = 50_000_000;
/// The one template of an environment.
const NAME: &str = "card";

/// Whether a template can be read.
pub fn parse(template: &str) -> Result<(), Error> {
    environment(template).map(|_| ())
}

/// What a template makes of facts.
pub fn render(template: &str, facts: Value) -> Result<String, Error> {
    environment(template)?.get_template(NAME)?.render(facts)
}

fn environment(template: &str) -> Result<Environment<'_>, Error> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the syntax is the usual one"));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.add_filter("cell", |text: String| escape::cell(&text));
    environment.add_filter("code", |text: String| escape::code(&text));
    environment.add_template(NAME, template)?;
    Ok(environment)
}
