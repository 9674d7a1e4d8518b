// What a voter's phone loads, and nothing of the staff's pages.
export { FormPage } from "../forms/form_page";
