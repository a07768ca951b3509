"""The Compare workspace: scenarios side by side in charts."""
