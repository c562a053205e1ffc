/** Opens the popup. Where the browser wants a press of its own button for that, what the popup shows comes in a tab. */
export async function openPopup(): Promise<void> {
	try {
		await chrome.action.openPopup();
	} catch {
		await chrome.tabs.create({ url: chrome.runtime.getURL("extension/pages/app.html") });
	}
}
