/** Opens the popup. Where the browser wants a press of its own button for that, what the popup shows comes in a tab. */
export async function openPopup(): Promise<void> {
	try {
		await chrome.action.openPopup();
	} catch {
		await openTab(chrome.runtime.getURL("extension/pages/app.html"));
	}
}

/** One is enough, however often a page's script asks. */
async function openTab(url: string): Promise<void> {
	const [open] = await chrome.tabs.query({ url: `${url}*` });
	if (open?.id === undefined) await chrome.tabs.create({ url });
	else await chrome.tabs.update(open.id, { active: true });
}
