//! Integration tests, one module a capability.

mod audits;
mod commands;
mod counts_tokens;
mod cuts_lines;
mod decontaminates;
mod deduplicates;
mod edits;
mod engines_agree;
mod explains;
mod finds_languages;
mod groups;
mod launders;
mod machine_cards;
mod personal_data;
mod presets;
mod quickstart;
mod reads_robots;
mod reads_warc;
mod reference;
mod report;
mod resumes;
mod rights_cases;
mod sample_data;
mod support;
mod tidy;
mod traces;
