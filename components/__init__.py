"""What the dashboard computes, draws and shows. See CONTRIBUTING.md for the order of its parts."""
