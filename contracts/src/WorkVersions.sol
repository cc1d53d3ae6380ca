// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {CreatorCollection} from "./CreatorCollection.sol";
import {Signatures} from "./lib/Signatures.sol";
import {Supply} from "./lib/Supply.sol";
import {VersionSlot, VersionSlots} from "./lib/VersionSlots.sol";
import {Bounds, Version, VersionTerms} from "./Types.sol";

/// The model versions of a collection: whose key signs their receipts, and how many works of each may be minted, when, for how
/// much at least. Versions are only ever added: a receipt once valid stays checkable.
abstract contract WorkVersions is CreatorCollection {
    using VersionSlots for Version;

    struct Sale {
        uint96 floorPrice;
        uint48 opensAt;
        uint48 closesAt; // 0: never
    }

    uint256 public constant MAX_VERSIONS = 256;

    mapping(bytes32 version => Version) private _versions;
    mapping(bytes32 version => Sale) private _sales;
    uint16 private _versionCount;

    event VersionAdded(bytes32 indexed version, address indexed signer);
    event VersionRevoked(bytes32 indexed version, uint40 revokedAt);
    event BoundsChanged(bytes32 indexed version, uint24 cap, uint96 floorPrice, uint48 opensAt, uint48 closesAt);

    error BadBounds();
    error BadReceiptSignature();
    error BadVersion();
    error MintClosed();
    error PriceBelowFloor(uint256 price, uint256 floorPrice);
    error TooManyVersions();
    error UnknownVersion(bytes32 version);
    error VersionExists(bytes32 version);
    error VersionRevokedBefore(uint40 revokedAt);

    // ---------------------------------------------------------------- what the creator decides

    function addVersion(VersionTerms calldata terms) external onlyOwner {
        _addVersion(terms);
    }

    /// Ends a key as of a second that may lie in the past (when it leaked). Can be moved earlier, never later.
    function revokeVersion(bytes32 version, uint40 revokedAt) external onlyOwner {
        Version storage known = _known(version);
        bool later = known.revokedAt != 0 && revokedAt >= known.revokedAt;
        if (revokedAt == 0 || revokedAt > block.timestamp || later) revert BadVersion();
        known.revokedAt = revokedAt;
        emit VersionRevoked(version, revokedAt);
    }

    /// The cap only goes down: what a collector was told about scarcity stays true.
    function setBounds(bytes32 version, Bounds calldata bounds) external onlyOwner {
        Version storage known = _known(version);
        if (!Supply.mayLower(known.cap, known.minted, bounds.cap)) revert BadBounds();
        _setBounds(version, bounds);
    }

    function _addVersion(VersionTerms calldata terms) internal {
        (bytes32 version, address signer) = (terms.version, terms.signer);
        if (version == 0 || signer == address(0)) revert BadVersion();
        if (_versions[version].signer != address(0)) revert VersionExists(version);
        if (_versionCount >= MAX_VERSIONS) revert TooManyVersions();
        _versionCount += 1;
        _versions[version].signer = signer;
        emit VersionAdded(version, signer);
        _setBounds(version, terms.bounds);
    }

    function _setBounds(bytes32 version, Bounds calldata bounds) private {
        bool neverOpen = bounds.closesAt != 0 && bounds.opensAt >= bounds.closesAt;
        if (bounds.cap == 0 || neverOpen) revert BadBounds();
        Version storage known = _versions[version];
        known.cap = bounds.cap;
        known.hasSale = bounds.floorPrice != 0 || bounds.opensAt != 0 || bounds.closesAt != 0;
        _sales[version] = Sale(bounds.floorPrice, bounds.opensAt, bounds.closesAt);
        emit BoundsChanged(version, bounds.cap, bounds.floorPrice, bounds.opensAt, bounds.closesAt);
    }

    function _known(bytes32 version) private view returns (Version storage known) {
        known = _versions[version];
        if (known.signer == address(0)) revert UnknownVersion(version);
    }

    // ---------------------------------------------------------------- what they hold a mint to

    /// One work more of the version, within the creator's bounds.
    /// @param captured when the run was captured, seconds
    /// @return signer whose signature the receipt needs
    function _takeSlot(bytes32 version, uint256 captured, uint256 price) internal returns (address signer) {
        Version storage entry = _versions[version];
        VersionSlot known = entry.get();
        signer = _activeSigner(known, version, captured);
        if (known.hasSale()) _checkSale(_sales[version], price);
        entry.put(known.withOneMore());
    }

    /// The same without a work more: for a step of a work that exists.
    function _signerFor(bytes32 version, uint256 captured) internal view returns (address) {
        return _activeSigner(_versions[version].get(), version, captured);
    }

    function _activeSigner(VersionSlot known, bytes32 version, uint256 captured) private pure returns (address signer) {
        signer = known.signer();
        if (signer == address(0)) revert UnknownVersion(version);
        uint40 revokedAt = known.revokedAt();
        if (revokedAt != 0 && captured >= revokedAt) revert VersionRevokedBefore(revokedAt);
    }

    function _checkSale(Sale memory sale, uint256 price) private view {
        if (price < sale.floorPrice) revert PriceBelowFloor(price, sale.floorPrice);
        bool closed = sale.closesAt != 0 && block.timestamp >= sale.closesAt;
        if (closed || block.timestamp < sale.opensAt) revert MintClosed();
    }

    function _checkReceipt(address signer, bytes32 digest, bytes calldata signature) internal view {
        if (!Signatures.isSigner(signer, digest, signature)) revert BadReceiptSignature();
    }

    // ---------------------------------------------------------------- reading

    /// Signer, revocation and supply of a version; all zero if it is not one of ours.
    function versionOf(bytes32 version) public view returns (Version memory) {
        return _versions[version];
    }

    function boundsOf(bytes32 version) external view returns (Bounds memory) {
        Sale memory sale = _sales[version];
        return Bounds(_versions[version].cap, sale.floorPrice, sale.opensAt, sale.closesAt);
    }

    function versionCount() external view returns (uint256) {
        return _versionCount;
    }
}
