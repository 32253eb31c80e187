//! Integration tests, one module a capability.

mod sample_data;
mod support;
