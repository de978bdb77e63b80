import { useEffect } from "react";
import { LoadingPage, MessagePage } from "./features/shell/pages";
import { useDesign } from "./state/designStore";
import { closeDesign, openDesign } from "./state/documentConnection";
import { navigate } from "./state/router";
import { Button } from "./ui";

export default function EditorPage({ designId }: { designId: string }) {
  const status = useDesign((state) => state.status);
  useEffect(() => {
    openDesign(designId);
    return closeDesign;
  }, [designId]);
  if (status === "missing") {
    return (
      <MessagePage title="This design is not here" action={<Button onClick={() => navigate("/")}>All designs</Button>}>
        It was deleted, or it belongs to a workspace that you are not a member of.
      </MessagePage>
    );
  }
  return <LoadingPage />;
}
