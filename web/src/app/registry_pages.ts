export { ImportPage } from "../imports/import_page";
export { ImportsPage } from "../imports/imports_page";
export { MatchesPage } from "../matches/matches_page";
export { VoterPage } from "../voters/voter_page";
export { VotersPage } from "../voters/voters_page";
