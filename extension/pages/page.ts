/** Whether this is the popup: beside the tab that a person means, and gone once it loses the focus or a file is picked. */
export const isPopup = document.documentElement.dataset["page"] === "popup";
