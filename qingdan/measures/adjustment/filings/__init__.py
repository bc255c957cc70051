"""What units hand in beside an application: proofs of publication (第七条（五）), 备案 (第九条), their own lists and rules (第十一条)."""
