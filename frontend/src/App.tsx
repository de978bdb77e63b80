import { lazy, Suspense, useEffect } from "react";
import { LoadingPage, MessagePage, SignedOutPage } from "./features/shell/pages";
import { Toaster } from "./features/shell/Toaster";
import { navigate, readRoute, usePath } from "./state/router";
import { loadSession, useSession } from "./state/sessionStore";
import { Button } from "./ui";

const EditorPage = lazy(() => import("./EditorPage"));
const HelpPage = lazy(() => import("./features/help/HelpPage"));
const HomePage = lazy(() => import("./HomeRoute"));

/** The whole product: who is signed in decides first, then the address. */
export function App() {
  const status = useSession((state) => state.status);
  useEffect(() => void loadSession(), []);
  return (
    <>
      {status === "loading" && <LoadingPage />}
      {status === "signed_out" && <SignedOutPage />}
      {status === "failed" && (
        <MessagePage
          title="The server does not answer"
          action={<Button onClick={() => void loadSession()}>Try again</Button>}
        >
          Windtunnel could not be reached. It may be starting, or the connection is gone.
        </MessagePage>
      )}
      {status === "signed_in" && (
        <Suspense fallback={<LoadingPage />}>
          <Page />
        </Suspense>
      )}
      <Toaster />
    </>
  );
}

function Page() {
  const route = readRoute(usePath());
  if (route.page === "home") return <HomePage />;
  if (route.page === "design") return <EditorPage key={route.designId} designId={route.designId} />;
  if (route.page === "help") return <HelpPage address={route.address} />;
  return (
    <MessagePage title="There is nothing here" action={<Button onClick={() => navigate("/")}>All designs</Button>}>
      The address leads to no page of Windtunnel.
    </MessagePage>
  );
}
