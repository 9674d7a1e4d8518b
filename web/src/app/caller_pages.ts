// What a caller's phone loads, and nothing of the staff's pages.
export { CallPage } from "../caller/call_page";
export { JoinPage } from "../caller/join_page";
