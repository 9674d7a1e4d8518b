export { InputsPage } from "../allocation/inputs_page";
export { LedgerPage } from "../allocation/ledger_page";
export { PlanPage } from "../allocation/plan_page";
