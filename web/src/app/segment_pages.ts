export { ListPage } from "../lists/list_page";
export { ListsPage } from "../lists/lists_page";
export { BuilderPage } from "../segments/builder_page";
export { ComparePage } from "../segments/compare_page";
export { SegmentsPage } from "../segments/segments_page";
