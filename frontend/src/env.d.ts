/// <reference types="vite/client" />

declare module "virtual:service-icons" {
  const icons: Readonly<Record<string, string>>;
  export default icons;
}
