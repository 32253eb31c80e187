//! No two runs own a folder at once: claimants are taken through all orders of their steps, with a kill between any two.
//!
//! What is asked is the very code of `engine/ownership.rs`. A claimant is a function of what the store answered it so
//! far, so it is replayed up to its next call; the model decides who is answered next, and remembers which situations it
//! has seen. A call is one step, but for making a file: that is two, since a process may be killed before it has written
//! its name. The model relies on what a file system has to give: a name that was made is seen by all from then on.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use gristmill::engine::folder::Folder;
use gristmill::engine::ownership::{Claimant, Held, Process, Processes};
use gristmill::store::{Sink, Source, Store, StoreError};

/// Most situations of one setting; more would be a model that does not end.
const SITUATIONS_MAX: usize = 20_000_000;

/// What a file of the row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Content {
    /// Nothing yet.
    Empty,
    /// The name of this process.
    Of(u8),
}

/// Who claims the folder, and how.
#[derive(Clone, Copy, Debug)]
struct Person {
    number: u8,
    machine: u8,
    take_over: bool,
    /// Whether it finishes the set, or is asked to stop on the way.
    finishes: bool,
}

/// What a claimant wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Request {
    /// The number of the last file.
    List,
    Create(u32),
    Exists(u32),
    Read(u32),
    Remove(u32),
    IsGone(u8),
    /// Has the right to write, and looks whether there is anything left to do.
    IsFinished,
    /// Writes the set.
    Write,
    Exit,
}

/// What it is answered: yes or no, the content of a file, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Answer {
    Is(bool),
    Holds(Option<Content>),
    Last(Option<u32>),
}

/// Answers a claimant from a list, and stops it at the first call that the list has no answer for.
struct Script {
    machines: BTreeMap<u8, u8>,
    me: u8,
    left: Mutex<Vec<Answer>>,
    wants: Mutex<Option<Request>>,
}

struct Bytes(Vec<u8>);

impl Script {
    fn ask(&self, request: Request) -> Answer {
        let answer = self.left.lock().expect("no panic while it is held").pop();
        match answer {
            Some(answer) => answer,
            // What is dropped on the way out gives nothing back: the claimant has not come that far.
            None if std::thread::panicking() => Answer::Is(true),
            None => {
                *self.wants.lock().expect("no panic while it is held") = Some(request);
                resume_unwind(Box::new(()))
            }
        }
    }

    fn is(&self, request: Request) -> bool {
        self.ask(request) == Answer::Is(true)
    }

    fn process(&self, number: u8) -> Process {
        let machine = self.machines[&number];
        let [host, boot] = ["host", "boot"].map(|word| format!("{word}{machine}"));
        Process { host, boot, number_space: String::new(), number: number.into(), started: 7 }
    }
}

fn number(path: &Path) -> u32 {
    let name = path.file_name().expect("a file").to_string_lossy();
    name.trim_start_matches("owner-").trim_end_matches(".json").parse().expect("a file of the row")
}

impl Processes for Script {
    fn this(&self) -> Process {
        self.process(self.me)
    }

    fn is_gone(&self, process: &Process) -> bool {
        self.is(Request::IsGone(process.number as u8))
    }
}

impl Source for Bytes {
    fn len_bytes(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<usize> {
        let rest = &self.0[offset_bytes as usize..];
        buffer[..rest.len()].copy_from_slice(rest);
        Ok(rest.len())
    }
}

impl Store for Script {
    fn open(&self, path: &Path) -> Result<Arc<dyn Source>, StoreError> {
        match self.ask(Request::Read(number(path))) {
            Answer::Holds(Some(Content::Of(process))) => {
                Ok(Arc::new(Bytes(serde_json::to_vec(&self.process(process)).expect("a few words and numbers"))))
            }
            Answer::Holds(Some(Content::Empty)) => Ok(Arc::new(Bytes(Vec::new()))),
            _ => Err(StoreError::read(path, io::ErrorKind::NotFound.into())),
        }
    }

    fn create_new(&self, path: &Path, _: &[u8]) -> Result<bool, StoreError> {
        Ok(self.is(Request::Create(number(path))))
    }

    fn exists(&self, path: &Path) -> bool {
        self.is(Request::Exists(number(path)))
    }

    fn remove(&self, path: &Path) -> Result<(), StoreError> {
        self.ask(Request::Remove(number(path)));
        Ok(())
    }

    fn create(&self, _: &Path) -> Result<Box<dyn Sink>, StoreError> {
        unreachable!("nothing else is written")
    }

    fn create_scratch(&self, _: &Path) -> Result<Box<dyn Write + Send>, StoreError> {
        unreachable!("nothing else is written")
    }

    fn list(&self, _: &Path) -> Result<Vec<String>, StoreError> {
        let last = if let Answer::Last(last) = self.ask(Request::List) { last } else { None };
        Ok(last.map(|number| format!("owner-{number}.json")).into_iter().collect())
    }
}

/// All that a claimant does, as `local::run` and `cli/run.rs` have it.
fn claim(script: &Script, person: Person) {
    let claimant = Claimant { processes: script, take_over: person.take_over };
    let held = Held::take(script, &Folder::new(PathBuf::from("out")), claimant);
    if let Ok(held) = held {
        if !script.is(Request::IsFinished) {
            script.ask(Request::Write);
            if person.finishes {
                held.forget_former().expect("nothing fails here");
            }
        }
        drop(held);
    }
    script.ask(Request::Exit);
}

/// What a claimant was answered so far, what it wants next, and where each answer to that leads.
struct Node {
    answers: Vec<Answer>,
    wants: Request,
    then: HashMap<Answer, usize>,
}

/// Where a claimant is: its node, and whether it has made a file and not yet written it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place {
    node: usize,
    has_made: bool,
    is_gone: bool,
}

impl Place {
    /// Of one that is gone nothing else counts.
    const GONE: Self = Self { node: 0, has_made: false, is_gone: true };
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Situation {
    files: BTreeMap<u32, Content>,
    finished: bool,
    places: Vec<Place>,
}

/// How a situation came about: who took which step, or was killed.
struct Step {
    before: Option<Rc<Step>>,
    who: usize,
    what: Option<Request>,
}

fn told(last: Option<&Rc<Step>>) -> String {
    let words = |step: &Rc<Step>| format!("{} {:?}", step.who, step.what);
    let mut lines: Vec<String> = std::iter::successors(last, |step| step.before.as_ref()).map(words).collect();
    lines.reverse();
    lines.join("\n")
}

/// Processes that are gone from the beginning have numbers from here on.
const DEAD: u8 = 100;

struct Model {
    people: Vec<Person>,
    machines: BTreeMap<u8, u8>,
    /// Whether the answer to a claimant that has made a file may get lost, and the second try be told that there is one.
    loses_answers: bool,
    nodes: Vec<Node>,
}

impl Model {
    /// The claimant up to its next call, after these answers.
    fn node(&mut self, person: Person, answers: Vec<Answer>) -> usize {
        let left = Mutex::new(answers.iter().rev().copied().collect());
        let script = Script { machines: self.machines.clone(), me: person.number, left, wants: Mutex::new(None) };
        catch_unwind(AssertUnwindSafe(|| claim(&script, person))).expect_err("it is stopped at its next call");
        let wants = script.wants.into_inner().expect("no panic while it is held").expect("a call stopped it");
        self.nodes.push(Node { answers, wants, then: HashMap::new() });
        self.nodes.len() - 1
    }

    fn begin(&mut self, person: Person) -> Place {
        Place { node: self.node(person, Vec::new()), has_made: false, is_gone: false }
    }

    fn wants(&self, place: Place) -> Request {
        self.nodes[place.node].wants
    }

    fn answer(&mut self, at: usize, then: &mut Situation, answer: Answer) {
        let node = then.places[at].node;
        let next = match self.nodes[node].then.get(&answer) {
            Some(next) => *next,
            None => {
                let answers = [&self.nodes[node].answers[..], &[answer]].concat();
                let next = self.node(self.people[at], answers);
                self.nodes[node].then.insert(answer, next);
                next
            }
        };
        then.places[at] = Place { node: next, has_made: false, is_gone: false };
    }

    /// Lets a claimant take its next step: all situations that this may lead to.
    fn step(&mut self, now: &Situation, at: usize) -> Vec<Situation> {
        let mut then = now.clone();
        let answer = match self.wants(now.places[at]) {
            Request::Create(file) if now.places[at].has_made => {
                let mut lost = now.clone();
                self.answer(at, &mut lost, Answer::Is(false));
                then.files.insert(file, Content::Of(self.people[at].number));
                self.answer(at, &mut then, Answer::Is(true));
                return if self.loses_answers { vec![then, lost] } else { vec![then] };
            }
            Request::Create(file) if !now.files.contains_key(&file) => {
                then.files.insert(file, Content::Empty);
                then.places[at].has_made = true;
                return vec![then];
            }
            Request::List => Answer::Last(now.files.keys().max().copied()),
            Request::Create(_) => Answer::Is(false),
            Request::Exists(file) => Answer::Is(now.files.contains_key(&file)),
            Request::Read(file) => Answer::Holds(now.files.get(&file).copied()),
            Request::Remove(file) => Answer::Is(then.files.remove(&file).is_some()),
            Request::IsGone(number) => {
                let of = self.people.iter().position(|person| person.number == number);
                Answer::Is(of.is_none_or(|of| now.places[of].is_gone))
            }
            Request::IsFinished => Answer::Is(now.finished),
            Request::Write => {
                then.finished |= self.people[at].finishes;
                Answer::Is(true)
            }
            Request::Exit => {
                then.places[at] = Place::GONE;
                return vec![then];
            }
        };
        self.answer(at, &mut then, answer);
        vec![then]
    }

    /// Those who have the right to write and have not made use of it yet.
    fn owners(&self, now: &Situation) -> usize {
        let there = now.places.iter().filter(|place| !place.is_gone && !now.finished);
        there.filter(|place| matches!(self.wants(**place), Request::Write | Request::IsFinished)).count()
    }

    /// Whether somebody who comes when all are gone gets the folder.
    fn later_one_gets_it(&mut self, then: &Situation, take_over: bool) -> bool {
        let later = Person { number: LATER, machine: 1, take_over, finishes: true };
        let (at, place) = (self.people.len(), self.begin(later));
        self.people.push(later);
        let mut now = then.clone();
        now.places.push(place);
        while !matches!(self.wants(now.places[at]), Request::IsFinished | Request::Exit) {
            now = self.step(&now, at).swap_remove(0);
        }
        self.people.pop();
        self.wants(now.places[at]) == Request::IsFinished
    }
}

/// Number of the one who comes when all are gone.
const LATER: u8 = 50;

/// Takes claimants (machine, whether it takes over, whether it finishes) through all orders of their steps, in a folder
/// with these owners that are gone, by file and machine; an owner of machine 0 has not told its name.
fn check(dead: &[(u32, u8)], people: &[(u8, bool, bool)], loses_answers: bool) {
    let people: Vec<Person> = (0..)
        .zip(people)
        .map(|(number, (machine, take_over, finishes))| Person {
            number,
            machine: *machine,
            take_over: *take_over,
            finishes: *finishes,
        })
        .collect();
    let mut machines: BTreeMap<u8, u8> = people.iter().map(|person| (person.number, person.machine)).collect();
    machines.insert(LATER, 1);
    let mut files = BTreeMap::new();
    for (number, (file, machine)) in (DEAD..).zip(dead) {
        machines.insert(number, *machine);
        files.insert(*file, if *machine == 0 { Content::Empty } else { Content::Of(number) });
    }
    let is_near = |content: &Content| matches!(content, Content::Of(number) if machines[number] == 1);
    let mut model = Model { people: people.clone(), machines: machines.clone(), loses_answers, nodes: Vec::new() };
    let places = people.iter().map(|person| model.begin(*person)).collect();
    let mut left = vec![(Situation { files, finished: false, places }, None)];
    let (mut seen, mut owned) = (HashSet::new(), 0);
    while let Some((now, steps)) = left.pop() {
        if !seen.insert(now.clone()) {
            continue;
        }
        assert!(seen.len() < SITUATIONS_MAX, "the model does not end");
        let owners = model.owners(&now);
        assert!(owners < 2, "{owners} owners: {:?}\n{}", now.files, told(steps.as_ref()));
        owned += owners;
        for who in (0..people.len()).filter(|who| !now.places[*who].is_gone) {
            let step = |what| Some(Rc::new(Step { before: steps.clone(), who, what }));
            let taken = step(Some(model.wants(now.places[who])));
            left.extend(model.step(&now, who).into_iter().map(|then| (then, taken.clone())));
            let mut killed = now.clone();
            killed.places[who] = Place::GONE;
            left.push((killed, step(None)));
        }
        if now.places.iter().all(|place| place.is_gone) && !now.finished {
            assert!(model.later_one_gets_it(&now, true), "nobody can: {:?}\n{}", now.files, told(steps.as_ref()));
            if now.files.values().all(is_near) {
                assert!(model.later_one_gets_it(&now, false), "stuck: {:?}\n{}", now.files, told(steps.as_ref()));
            }
        }
    }
    assert!(owned > 0, "somebody owns it in some order");
    eprintln!("owns_alone: {} situations of {} claimants and {dead:?}", seen.len(), people.len());
}

/// One that finishes, and one that is stopped on the way.
const DONE: (u8, bool, bool) = (1, false, true);
const STOPPED: (u8, bool, bool) = (1, false, false);

#[test]
fn claimants_of_one_machine_never_own_a_folder_at_once() {
    check(&[], &[DONE, STOPPED], false);
    check(&[(1, 1)], &[DONE, STOPPED], false);
    check(&[(1, 1), (2, 1)], &[STOPPED, STOPPED], false);
    // The first was taken over, was there all the same, and left its place free.
    check(&[(2, 1)], &[DONE, STOPPED], false);
    // Another machine, from which nobody of this one can be seen.
    check(&[(1, 1)], &[DONE, (2, false, false)], false);
}

/// Millions of situations, so only where there is time.
#[test]
fn three_claimants_of_one_machine_never_own_a_folder_at_once() {
    if std::env::var_os("RUN_SLOW_TESTS").is_some() {
        check(&[], &[DONE, STOPPED, STOPPED], false);
        check(&[(1, 1)], &[STOPPED, STOPPED, STOPPED], false);
    }
}

#[test]
fn a_machine_whose_answers_get_lost_never_makes_two_owners() {
    check(&[], &[DONE, STOPPED], true);
    check(&[(1, 1)], &[STOPPED, STOPPED], true);
}

#[test]
fn one_that_takes_over_whom_it_may_does_not_own_the_folder_with_another() {
    // The former owner was of another machine, or killed before it told its name.
    for dead in [[(1, 2)], [(1, 0)]] {
        check(&dead, &[(1, true, false), STOPPED], false);
        check(&dead, &[(1, true, false), (1, true, true)], false);
    }
}
