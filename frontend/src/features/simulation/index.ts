export { RunButton } from "./RunButton";
export { RunDrawer } from "./RunDrawer";
export { useRunSession } from "./useRunSession";
