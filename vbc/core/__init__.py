"""What every act leaves behind: audit, jobs, notices, uploads. Knows no app above it."""
