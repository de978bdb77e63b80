import { HomePage } from "./features/home/HomePage";
import { ThemeMenu } from "./features/shell/TopBar";

export default function HomeRoute() {
  return <HomePage actions={<ThemeMenu />} />;
}
