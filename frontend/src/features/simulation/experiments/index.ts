export { ExperimentsTab } from "./ExperimentsTab";
