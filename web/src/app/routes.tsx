import type { ComponentType } from "preact";
import type { Permission } from "../base/roles";
import { lazy } from "./lazy";
import type { Params } from "./lazy";
import { t } from "./texts";

export interface Route {
  pattern: string;
  page: ComponentType<{ params: Params }>;
  needs: Permission | "nobody" | "caller" | "staff";
  title: string;
}

const staff = () => import("./staff_pages");
const caller = () => import("./caller_pages");

const home = lazy(() => staff().then((of) => of.HomePage));
const signIn = lazy(() => staff().then((of) => of.SignInPage));
const enter = lazy(() => staff().then((of) => of.EnterPage));
const imports = lazy(() => staff().then((of) => of.ImportsPage));
const importRun = lazy(() => staff().then((of) => of.ImportPage));
const voters = lazy(() => staff().then((of) => of.VotersPage));
const voter = lazy(() => staff().then((of) => of.VoterPage));
const matches = lazy(() => staff().then((of) => of.MatchesPage));
const segments = lazy(() => staff().then((of) => of.SegmentsPage));
const segment = lazy(() => staff().then((of) => of.BuilderPage));
const lists = lazy(() => staff().then((of) => of.ListsPage));
const list = lazy(() => staff().then((of) => of.ListPage));
const experiments = lazy(() => staff().then((of) => of.ExperimentsPage));
const newExperiment = lazy(() => staff().then((of) => of.NewExperimentPage));
const experiment = lazy(() => staff().then((of) => of.ExperimentPage));
const strategy = lazy(() => staff().then((of) => of.StrategyPage));
const surveys = lazy(() => staff().then((of) => of.SurveysPage));
const survey = lazy(() => staff().then((of) => of.SurveyPage));
const scripts = lazy(() => staff().then((of) => of.ScriptsPage));
const script = lazy(() => staff().then((of) => of.ScriptPage));
const newScript = lazy(() => staff().then((of) => of.EditorPage));
const banks = lazy(() => staff().then((of) => of.PhonebanksPage));
const newBank = lazy(() => staff().then((of) => of.CreatePage));
const bank = lazy(() => staff().then((of) => of.PhonebankPage));
const dispositions = lazy(() => staff().then((of) => of.DispositionsPage));
const rules = lazy(() => staff().then((of) => of.RulesPage));
const people = lazy(() => staff().then((of) => of.PeoplePage));
const join = lazy(() => caller().then((of) => of.JoinPage));
const call = lazy(() => caller().then((of) => of.CallPage));

export const routes: Route[] = [
  { pattern: "/", page: home, needs: "staff", title: t.nav.home },
  { pattern: "/signin", page: signIn, needs: "nobody", title: "Sign in" },
  { pattern: "/enter", page: enter, needs: "nobody", title: "Sign in" },
  { pattern: "/imports", page: imports, needs: "registry_write", title: t.nav.imports },
  { pattern: "/imports/:id", page: importRun, needs: "registry_write", title: "Import" },
  { pattern: "/voters", page: voters, needs: "registry_read", title: t.nav.voters },
  { pattern: "/voters/:id", page: voter, needs: "registry_read", title: "Voter" },
  { pattern: "/matches", page: matches, needs: "registry_write", title: t.nav.matches },
  { pattern: "/segments", page: segments, needs: "segments_read", title: t.nav.segments },
  { pattern: "/segments/:id", page: segment, needs: "segments_read", title: "Segment" },
  { pattern: "/lists", page: lists, needs: "segments_read", title: t.nav.lists },
  { pattern: "/lists/:id", page: list, needs: "segments_read", title: "List" },
  { pattern: "/experiments", page: experiments, needs: "segments_read",
    title: t.nav.experiments },
  { pattern: "/experiments/new", page: newExperiment, needs: "segments_write",
    title: "Begin an experiment" },
  { pattern: "/experiments/:id", page: experiment, needs: "segments_read", title: "Experiment" },
  { pattern: "/strategy", page: strategy, needs: "segments_read", title: t.nav.strategy },
  { pattern: "/answers", page: surveys, needs: "segments_read", title: t.nav.answers },
  { pattern: "/answers/:key", page: survey, needs: "segments_read", title: "Answers" },
  { pattern: "/scripts", page: scripts, needs: "phonebank_read", title: t.nav.scripts },
  { pattern: "/scripts/new", page: newScript, needs: "scripts_write", title: "New script" },
  { pattern: "/scripts/:id", page: script, needs: "phonebank_read", title: "Script" },
  { pattern: "/scripts/:id/edit", page: newScript, needs: "scripts_write", title: "Script" },
  { pattern: "/phonebanks", page: banks, needs: "phonebank_read", title: t.nav.phonebanks },
  { pattern: "/phonebanks/new", page: newBank, needs: "phonebank_write", title: "New phone bank" },
  { pattern: "/phonebanks/:id", page: bank, needs: "phonebank_read", title: "Phone bank" },
  { pattern: "/rules", page: rules, needs: "phonebank_read", title: t.nav.rules },
  { pattern: "/dispositions", page: dispositions, needs: "phonebank_read",
    title: t.nav.dispositions },
  { pattern: "/people", page: people, needs: "administer", title: t.nav.people },
  { pattern: "/join/:code", page: join, needs: "nobody", title: "Join" },
  { pattern: "/call", page: call, needs: "caller", title: "Calls" },
];

export const navigation: { href: string; title: string; needs: Permission | "staff" }[] = [
  { href: "/", title: t.nav.home, needs: "staff" },
  { href: "/imports", title: t.nav.imports, needs: "registry_write" },
  { href: "/voters", title: t.nav.voters, needs: "registry_read" },
  { href: "/matches", title: t.nav.matches, needs: "registry_write" },
  { href: "/segments", title: t.nav.segments, needs: "segments_read" },
  { href: "/lists", title: t.nav.lists, needs: "segments_read" },
  { href: "/strategy", title: t.nav.strategy, needs: "segments_read" },
  { href: "/answers", title: t.nav.answers, needs: "segments_read" },
  { href: "/experiments", title: t.nav.experiments, needs: "segments_read" },
  { href: "/scripts", title: t.nav.scripts, needs: "phonebank_read" },
  { href: "/phonebanks", title: t.nav.phonebanks, needs: "phonebank_read" },
  { href: "/rules", title: t.nav.rules, needs: "phonebank_read" },
  { href: "/dispositions", title: t.nav.dispositions, needs: "phonebank_read" },
  { href: "/people", title: t.nav.people, needs: "administer" },
];
