//! For tests alone: a plan with a stage that does something else than its preset says, for instance panic.

use super::{Action, Plan};

impl Plan {
    /// The plan with this action in the place of the stage called `name`, which works on single documents before
    /// deduplication.
    pub fn with_action(mut self, name: &str, action: Action) -> Self {
        let index = self.stage_names().position(|stage| stage == name).expect("the plan has the stage");
        let step = self.parts.before.iter_mut().find(|step| step.index == index);
        step.expect("the stage stands before deduplication").action = action;
        self
    }
}
