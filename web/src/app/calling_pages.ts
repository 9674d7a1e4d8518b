export { DispositionsPage } from "../dispositions/dispositions_page";
export { CreatePage } from "../phonebanks/create_page";
export { PhonebankPage } from "../phonebanks/phonebank_page";
export { PhonebanksPage } from "../phonebanks/phonebanks_page";
export { RulesPage } from "../rules/rules_page";
export { EditorPage } from "../scripts/editor_page";
export { ScriptPage } from "../scripts/script_page";
export { ScriptsPage } from "../scripts/scripts_page";
